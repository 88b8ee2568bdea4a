package io.firn.simulator.proxy;

import io.firn.simulator.api.Kubeconfig;
import io.firn.simulator.api.RequestFaults;
import io.firn.simulator.tls.LoopbackIdentity;
import io.firn.simulator.tls.ServerIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;

/// Stands before an API server, over HTTPS on loopback, and does to requests what a fault says:
/// refuses, cuts off or delays them. All others pass as they are, with the credentials that they
/// carry, watches and upgraded connections too. Whoever is given the proxy's kubeconfig goes
/// through it; whoever has the server's does not.
///
/// Thread-safe.
public final class FaultProxy implements AutoCloseable {
  private final Upstream upstream;
  private final ServerIdentity identity;
  private final ServerSocket listening;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private volatile RequestFaults faults = RequestFaults.NONE;

  private FaultProxy(Upstream upstream, ServerIdentity identity, int port) throws IOException {
    this.upstream = upstream;
    this.identity = identity;
    this.listening = new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("fault-proxy").start(this::accept);
  }

  /// Starts a proxy before the server that a kubeconfig names. `directory` takes its certificate;
  /// `port` 0 for any free one. Fails where the kubeconfig's user has no token.
  public static FaultProxy start(Path directory, int port, Path kubeconfig) {
    Upstream upstream = Upstream.of(kubeconfig);
    try {
      return new FaultProxy(upstream, LoopbackIdentity.in(directory, "proxy"), port);
    } catch (IOException e) {
      throw new UncheckedIOException("the proxy could not listen on loopback port " + port, e);
    }
  }

  public URI uri() {
    return URI.create("https://127.0.0.1:" + listening.getLocalPort());
  }

  /// Writes a kubeconfig for the user of the one behind the proxy.
  public void writeKubeconfig(Path file, String clusterName) {
    writeKubeconfig(file, clusterName, upstream.token());
  }

  /// Writes a kubeconfig for a token.
  public void writeKubeconfig(Path file, String clusterName, String token) {
    Kubeconfig.write(file, clusterName, uri(), identity.certificate(), token);
  }

  /// Faults to apply to requests from now on. They are told no user's name, as the proxy knows
  /// none.
  public void faults(RequestFaults faults) {
    this.faults = faults;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket wire = listening.accept();
        Thread.ofVirtual().name("fault-proxy-requests").start(() -> serve(wire));
      } catch (IOException e) {
        // The listening socket was closed, or a client left before it was let in.
      }
    }
  }

  private void serve(Socket wire) {
    try (wire) {
      wire.setTcpNoDelay(true);
      SSLSocket client =
          (SSLSocket)
              identity
                  .context()
                  .getSocketFactory()
                  .createSocket(wire, InputStream.nullInputStream(), true);
      try (Connection connection =
          new Connection(wire, client, upstream, (m, p, u) -> faults.judge(m, p, u))) {
        open.add(connection);
        try {
          connection.serve();
        } finally {
          open.remove(connection);
        }
      }
    } catch (IOException e) {
      // The client has gone, or spoke no HTTP: its connection ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException("close of the proxy", e);
    }
    open.forEach(Connection::close);
  }
}
