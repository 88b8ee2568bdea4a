package io.firn.simulator.tls;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// An HTTPS server on one address. Closing it breaks off what it is answering.
///
/// Thread-safe.
public final class TlsPort implements AutoCloseable {
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private TlsPort(HttpsServer server) {
    this.server = server;
  }

  /// Lets everybody in. `port` 0 is any free one.
  public static TlsPort open(
      InetSocketAddress address, ServerIdentity identity, HttpHandler handler) {
    return open(address, new HttpsConfigurator(identity.context()), handler);
  }

  /// Lets those in whose certificates the authorities signed.
  public static TlsPort mutual(
      InetSocketAddress address,
      ServerIdentity identity,
      ServerIdentity.Authorities authorities,
      HttpHandler handler) {
    return open(address, new Mutual(identity.context(authorities)), handler);
  }

  private static TlsPort open(
      InetSocketAddress address, HttpsConfigurator configurator, HttpHandler handler) {
    try {
      TlsPort port = new TlsPort(HttpsServer.create(address, 0));
      port.server.setHttpsConfigurator(configurator);
      port.server.setExecutor(port.threads);
      port.server.createContext("/", handler);
      port.server.start();
      return port;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "nothing can listen on " + address + "; is another cluster running there?", e);
    }
  }

  /// Asks clients for a certificate and refuses those without one.
  private static final class Mutual extends HttpsConfigurator {
    Mutual(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters tls = getSSLContext().getDefaultSSLParameters();
      tls.setNeedClientAuth(true);
      parameters.setSSLParameters(tls);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
