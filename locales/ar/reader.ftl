## القراءة المتوازية
parallel-note = الجمل التي تترجم إحداها الأخرى متقابلة. المفتاحان j و k أو الأسهم تنقلك من جملة إلى التي تليها.
parallel-unsure = { $n ->
    [zero] لا موضع غير مؤكد.
    [one] موضع واحد غير مؤكد.
    [two] موضعان غير مؤكدين.
    [few] { $n } مواضع غير مؤكدة.
    [many] { $n } موضعًا غير مؤكد.
   *[other] { $n } موضع غير مؤكد.
}
parallel-decided = { $n ->
    [zero] لا قرار لأحد.
    [one] قرار واحد لشخص يُعتدّ به.
    [two] قراران لأشخاص يُعتدّ بهما.
    [few] { $n } قرارات لأشخاص يُعتدّ بها.
    [many] { $n } قرارًا لأشخاص يُعتدّ بها.
   *[other] { $n } قرار لأشخاص يُعتدّ بها.
}
parallel-find = أظهِر في كل الأعمدة
parallel-find-button = أظهِر
terms-ask = كيف تُرجم هذا؟
bead-nothing = لا مقابل
bead-address = عنوان هذا الموضع
bead-doubtful = غير مؤكد تمامًا: { $n } من ١٠٠
bead-guess = تخمين: { $n } من ١٠٠
bead-decided = قرّره { $who }
bead-correct = تصحيح
bead-confirm = هذه متقابلة
bead-merge = ضمّ إلى التالية
bead-up = الجملة الأولى إلى أعلى
bead-down = الجملة الأخيرة إلى أسفل
bead-split = قسمة
bead-split-where = الجمل فوق | تحت
field-beads = أي الجمل متقابلة
