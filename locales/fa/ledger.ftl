# The ledger, the timeline, the diary.
