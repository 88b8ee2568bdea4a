package io.firn.simulator.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/// A kubeconfig with one cluster, one user and one context, readable by its owner only.
public final class Kubeconfig {
  private Kubeconfig() {}

  /// Writes it anew, in one step. `certificate` is PEM.
  public static void write(Path file, String cluster, URI server, Path certificate, String token) {
    try {
      String authority = Base64.getEncoder().encodeToString(Files.readAllBytes(certificate));
      String text =
          """
          apiVersion: v1
          kind: Config
          current-context: "%1$s"
          clusters:
          - name: "%1$s"
            cluster:
              server: "%2$s"
              certificate-authority-data: "%3$s"
          users:
          - name: "%1$s"
            user:
              token: "%4$s"
          contexts:
          - name: "%1$s"
            context:
              cluster: "%1$s"
              user: "%1$s"
              namespace: default
          """
              .formatted(cluster, server, authority, token);
      replace(file.toAbsolutePath(), text);
    } catch (IOException e) {
      throw new UncheckedIOException("the kubeconfig " + file + " could not be written", e);
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Path draft =
        Files.createTempFile(
            file.getParent(),
            "kubeconfig",
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
