package io.firn.simulator.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// How the end of a message's body is told (RFC 9112, section 6). The bytes are passed on as they
/// came, chunk marks included, and each piece at once: a watch is a body that hardly ever ends.
sealed interface Framing {
  void transfer(InputStream in, OutputStream out) throws IOException;

  static Framing ofRequest(Head head) {
    return declared(head, new Length(0));
  }

  static Framing ofAnswer(Head head, String method) {
    int status = Integer.parseInt(head.word(1));
    return method.equals("HEAD") || status < 200 || Set.of(204, 304).contains(status)
        ? new Length(0)
        : declared(head, new UntilClose());
  }

  private static Framing declared(Head head, Framing otherwise) {
    if (head.says("Transfer-Encoding", "chunked")) {
      return new Chunked();
    }
    String length = head.header("Content-Length");
    return length.isEmpty() ? otherwise : new Length(Long.parseLong(length));
  }

  record Length(long bytes) implements Framing {
    @Override
    public void transfer(InputStream in, OutputStream out) throws IOException {
      byte[] buffer = new byte[(int) Math.min(1 << 16, bytes)];
      for (long left = bytes; left > 0; ) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new EOFException("the body ended " + left + " bytes early");
        }
        out.write(buffer, 0, count);
        left -= count;
      }
    }
  }

  record Chunked() implements Framing {
    @Override
    public void transfer(InputStream in, OutputStream out) throws IOException {
      for (String line = Head.line(in); ; line = Head.line(in)) {
        write(line, out);
        long size = Long.parseLong(line.split(";", 2)[0].strip(), 16);
        if (size == 0) {
          break;
        }
        new Length(size + 2).transfer(in, out);
        out.flush();
      }
      String trailer;
      do {
        trailer = Head.line(in);
        write(trailer, out);
      } while (!trailer.isEmpty());
    }

    private static void write(String line, OutputStream out) throws IOException {
      out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  record UntilClose() implements Framing {
    @Override
    public void transfer(InputStream in, OutputStream out) throws IOException {
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        out.flush();
      }
    }
  }
}
