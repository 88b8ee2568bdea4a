package io.firn.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// A line that is long and not thin: every byte arrives half the round trip later, in either
/// direction, and as many are on the way as fit.
final class LatencyProxy implements AutoCloseable {
  private static final int PIECE_BYTES = 1 << 16;
  private static final int PIECES_ON_THE_WAY = 1 << 10;

  private final ServerSocket socket;
  private final InetSocketAddress server;
  private final Duration oneWay;

  LatencyProxy(InetSocketAddress server, Duration roundTrip) throws IOException {
    this.server = server;
    this.oneWay = roundTrip.dividedBy(2);
    this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    try {
      while (!socket.isClosed()) {
        Socket client = socket.accept();
        Socket upstream = new Socket(server.getAddress(), server.getPort());
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        carry(client, upstream);
        carry(upstream, client);
      }
    } catch (IOException closed) {
      // The bench is over.
    }
  }

  /// Bytes and when they may arrive; no bytes: the end.
  private record Piece(ByteBuffer bytes, long dueNanos) {}

  private void carry(Socket from, Socket to) {
    BlockingQueue<Piece> line = new ArrayBlockingQueue<>(PIECES_ON_THE_WAY);
    Thread.ofVirtual().start(() -> read(from, line));
    Thread.ofVirtual().start(() -> write(line, to));
  }

  private void read(Socket from, BlockingQueue<Piece> line) {
    try {
      try {
        InputStream in = from.getInputStream();
        byte[] buffer = new byte[PIECE_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(buffer, read));
          line.put(new Piece(bytes, System.nanoTime() + oneWay.toNanos()));
        }
      } catch (IOException cut) {
        // The other end hears of it as of an end.
      }
      line.put(new Piece(ByteBuffer.allocate(0), System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(BlockingQueue<Piece> line, Socket to) {
    try (to) {
      OutputStream out = to.getOutputStream();
      for (Piece piece = line.take(); piece.bytes().hasRemaining(); piece = line.take()) {
        long wait = piece.dueNanos() - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(Duration.ofNanos(wait));
        }
        out.write(piece.bytes().array());
      }
    } catch (IOException cut) {
      // Nobody listens any more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
