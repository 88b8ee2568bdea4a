package io.firn.backend.s3.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/// Those who come to a listening socket, each served on a thread of its own. Thread-safe.
final class Connections implements AutoCloseable {
  private final ServerSocket socket;
  private final Consumer<Socket> served;

  private Connections(ServerSocket socket, Consumer<Socket> served) {
    this.socket = socket;
    this.served = served;
  }

  /// Whoever serves a connection closes it. The socket is closed with this.
  static Connections accept(ServerSocket socket, Consumer<Socket> served) {
    Connections connections = new Connections(socket, served);
    Thread.ofVirtual().start(connections::accept);
    return connections;
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    try {
      while (!socket.isClosed()) {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> served.accept(client));
      }
    } catch (IOException closed) {
      // Nobody is to come any more.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
