package io.firn.backend.s3;

import io.firn.repository.backend.FileContent;
import io.firn.repository.backend.FileHandle;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// One file on its way up, as a single PUT: files of a repository are far below S3's limit of 5 GiB
/// for one.
record Upload(FileHandle handle, PutObjectRequest.Builder request, RequestBody body) {

  static Upload of(
      S3Settings settings,
      FileHandle handle,
      String key,
      Optional<Instant> lockedUntil,
      Bandwidth bandwidth,
      ByteBuffer... content) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder().bucket(settings.bucket()).key(key);
    switch (settings.checksums()) {
      case WHEN_SUPPORTED -> request.checksumCRC32(base64(crc32(content)));
      case WHEN_REQUIRED -> request.contentMD5(base64(md5(content)));
    }
    lockedUntil.ifPresent(until ->
        request
            .objectLockMode(mode(settings.objectLock().orElseThrow().mode()))
            .objectLockRetainUntilDate(until));
    RequestBody body =
        RequestBody.fromContentProvider(
            () -> new ContentStream(bandwidth, content),
            FileContent.sizeBytes(content),
            "application/octet-stream");
    return new Upload(handle, request, body);
  }

  static ObjectLockMode mode(LockMode mode) {
    return switch (mode) {
      case GOVERNANCE -> ObjectLockMode.GOVERNANCE;
      case COMPLIANCE -> ObjectLockMode.COMPLIANCE;
    };
  }

  private static byte[] crc32(ByteBuffer... content) {
    CRC32 crc = new CRC32();
    for (ByteBuffer part : content) {
      crc.update(part.duplicate());
    }
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
  }

  private static byte[] md5(ByteBuffer... content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (ByteBuffer part : content) {
        digest.update(part.duplicate());
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  private static String base64(byte[] digest) {
    return Base64.getEncoder().encodeToString(digest);
  }
}
