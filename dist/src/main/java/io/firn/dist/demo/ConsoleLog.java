package io.firn.dist.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Reads a guest's console as `kubectl logs POD -c guest-console-log` does. Thread-safe.
final class ConsoleLog {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client;
  private final String server;
  private final String token;

  /// Talks to the cluster of a kubeconfig that holds a token and the server's certificate.
  ConsoleLog(Path kubeconfig) throws IOException {
    JsonNode config = new YAMLMapper().readTree(kubeconfig.toFile());
    JsonNode cluster = config.path("clusters").path(0).path("cluster");
    this.server = cluster.path("server").asText();
    this.token = config.path("users").path(0).path("user").path("token").asText();
    byte[] authority =
        Base64.getDecoder().decode(cluster.path("certificate-authority-data").asText());
    this.client =
        HttpClient.newBuilder().sslContext(trusting(authority)).connectTimeout(PATIENCE).build();
  }

  /// The lines so far.
  List<String> lines(String namespace, String pod) throws IOException {
    URI uri =
        URI.create(
            "%s/api/v1/namespaces/%s/pods/%s/log?container=guest-console-log"
                .formatted(server, namespace, pod));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .timeout(PATIENCE)
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("the log of pod " + pod + ": HTTP " + answer.statusCode());
      }
      return answer.body().lines().toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading the log of pod " + pod, e);
    }
  }

  private static SSLContext trusting(byte[] authority) throws IOException {
    try {
      Certificate certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(authority));
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("cluster", certificate);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the kubeconfig's certificate cannot be used", e);
    }
  }
}
