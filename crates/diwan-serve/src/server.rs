//! The socket: an address of this machine, another port where one is taken, and a quiet end.

use std::net::{IpAddr, SocketAddr};

use axum::Router;
use tokio::net::TcpListener;

use crate::{App, ServeError};

/// How many ports after the first are tried.
const OTHER_PORTS: u16 = 20;

/// Takes `port` of `ip`, or the next free one; port 0 takes any. The address taken is the listener's.
pub async fn bind(ip: IpAddr, port: u16) -> Result<TcpListener, ServeError> {
    let mut last = None;
    for other in 0..=OTHER_PORTS {
        let Some(port) = port.checked_add(other) else { break };
        let address = SocketAddr::new(ip, port);
        match TcpListener::bind(address).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => last = Some((address, error)),
            Err(error) => return Err(ServeError::Address(address, error)),
        }
    }
    let (address, error) =
        last.unwrap_or_else(|| (SocketAddr::new(ip, port), std::io::ErrorKind::AddrInUse.into()));
    Err(ServeError::Address(address, error))
}

/// Answers requests until `end` comes; requests in hand are finished.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    end: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    Ok(axum::serve(listener, service).with_graceful_shutdown(end).await?)
}

/// Serves `app` on `ip` at `port` or the next free one, until the process is told to end (Ctrl-C, or the signal that
/// ends services). `ready` is called once with the address taken.
pub fn run(app: App, ip: IpAddr, port: u16, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = bind(ip, port).await?;
        ready(listener.local_addr()?);
        serve(listener, app.router(), told_to_end()).await
    })
}

async fn told_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            }
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}
