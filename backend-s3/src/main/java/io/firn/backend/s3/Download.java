package io.firn.backend.s3;

import io.firn.repository.backend.FileHandle;
import io.firn.repository.backend.FileType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// Files on their way down. Nothing is believed: a body that is shorter or longer than announced is
/// fetched again, and so is, once, a whole file whose SHA-256 is not its name. Thread-safe.
record Download(StoreContext store, ObjectKeys keys) {
  private static final long MAX_WHOLE_BYTES = 1L << 30;
  private static final int PIECE_BYTES = 1 << 16;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})");

  /// The whole file. Where its digest is wrong twice, it is returned as it is: its reader says that
  /// it is damaged.
  byte[] whole(FileHandle handle) throws IOException {
    byte[] bytes = store.retry().call(_ -> once(handle));
    return matches(handle, bytes) ? bytes : store.retry().call(_ -> once(handle));
  }

  /// One try.
  byte[] once(FileHandle handle) throws IOException {
    GetObjectRequest request = request(handle).build();
    try (ResponseInputStream<GetObjectResponse> body =
        store.client().send(handle.toString(), s3 -> s3.getObject(request))) {
      Long length = body.response().contentLength();
      if (length == null) {
        return unannounced(handle, body);
      }
      if (length < 0 || length > MAX_WHOLE_BYTES) {
        throw new IOException(handle + " has " + length + " bytes, too many for one read");
      }
      ByteBuffer target = ByteBuffer.allocate(length.intValue());
      fill(handle, body, target);
      return target.array();
    }
  }

  /// A proxy on the way may not know how long the body is that it passes on. Whether all of it came
  /// is for its digest to say.
  private byte[] unannounced(FileHandle handle, ResponseInputStream<GetObjectResponse> body)
      throws IOException {
    byte[] bytes;
    try {
      bytes = body.readNBytes((int) MAX_WHOLE_BYTES + 1);
    } catch (IOException e) {
      throw cut(handle, 1, e);
    }
    if (bytes.length > MAX_WHOLE_BYTES) {
      body.abort();
      throw new IOException(handle + " has too many bytes for one read");
    }
    ContentStream.pass(store.bandwidthDown(), bytes.length);
    return bytes;
  }

  /// Fills `target` from that offset on; [EOFException] where the file is shorter.
  void range(FileHandle handle, long offsetBytes, ByteBuffer target) throws IOException {
    if (!target.hasRemaining()) {
      return;
    }
    int position = target.position();
    int length = target.remaining();
    long last = offsetBytes + length - 1;
    GetObjectRequest request = request(handle).range("bytes=" + offsetBytes + "-" + last).build();
    boolean done =
        store
            .retry()
            .call(_ -> {
              target.position(position);
              try (ResponseInputStream<GetObjectResponse> body =
                  store.client().send(handle.toString(), s3 -> s3.getObject(request))) {
                requireRange(handle, body.response(), offsetBytes, length);
                fill(handle, body, target);
              }
              return true;
            });
    assert done;
  }

  private static void requireRange(
      FileHandle handle, GetObjectResponse response, long offsetBytes, int length)
      throws IOException {
    String range = String.valueOf(response.contentRange());
    if (!range.startsWith("bytes " + offsetBytes + "-")) {
      throw new TransientS3Exception(
          "asked for a part of " + handle + " from " + offsetBytes + " on, got '" + range + "'");
    }
    long announced = announced(response, range);
    if (announced < length) {
      String whole = range.substring(range.indexOf('/') + 1);
      if (whole.matches("\\d{1,18}") && Long.parseLong(whole) >= offsetBytes + length) {
        throw cut(handle, length - (int) announced, null);
      }
      throw new EOFException(handle + " is shorter than " + (offsetBytes + length) + " bytes");
    }
  }

  /// From the range where there is no length (a proxy, again).
  private static long announced(GetObjectResponse response, String range) {
    Long length = response.contentLength();
    Matcher bounds = RANGE.matcher(range);
    if (length == null && bounds.lookingAt()) {
      return Long.parseLong(bounds.group(2)) - Long.parseLong(bounds.group(1)) + 1;
    }
    return length == null ? 0 : length;
  }

  private void fill(
      FileHandle handle, ResponseInputStream<GetObjectResponse> body, ByteBuffer target)
      throws IOException {
    boolean complete = false;
    try {
      while (target.hasRemaining()) {
        int most = Math.min(target.remaining(), PIECE_BYTES);
        byte[] piece = target.array();
        int at = target.arrayOffset() + target.position();
        int read = read(handle, body, piece, at, most);
        if (read < 0) {
          throw cut(handle, target.remaining(), null);
        }
        target.position(target.position() + read);
        ContentStream.pass(store.bandwidthDown(), read);
      }
      complete = body.read() < 0;
      if (!complete) {
        throw new TransientS3Exception("more came of " + handle + " than was announced");
      }
    } finally {
      if (!complete) {
        // Else closing reads the rest, so that the connection can be used again.
        body.abort();
      }
    }
  }

  private static int read(
      FileHandle handle,
      ResponseInputStream<GetObjectResponse> body,
      byte[] target,
      int offset,
      int length)
      throws IOException {
    try {
      return body.read(target, offset, length);
    } catch (IOException e) {
      throw cut(handle, length, e);
    }
  }

  private static TransientS3Exception cut(
      FileHandle handle, int missingBytes, @org.jspecify.annotations.Nullable IOException e) {
    String message = handle + " came cut short, at least " + missingBytes + " bytes are missing";
    return e == null
        ? new TransientS3Exception(message)
        : new TransientS3Exception(message, java.time.Duration.ZERO, e);
  }

  private static boolean matches(FileHandle handle, byte[] bytes) {
    if (handle.type() == FileType.CONFIG) {
      return true;
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).equals(handle.name());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private GetObjectRequest.Builder request(FileHandle handle) {
    return GetObjectRequest.builder().bucket(store.settings().bucket()).key(keys.of(handle));
  }
}
