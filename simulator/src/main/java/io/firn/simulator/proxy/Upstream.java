package io.firn.simulator.proxy;

import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// The API server behind the proxy, and the token of the kubeconfig that names it.
record Upstream(String host, int port, SSLContext tls, String token) {

  static Upstream of(Path kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    URI server = URI.create(config.getMasterUrl());
    try {
      int port = server.getPort() < 0 ? 443 : server.getPort();
      return new Upstream(server.getHost(), port, trusting(config), token(config, kubeconfig));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "the authority of the server in " + kubeconfig + " could not be read: " + e.getMessage(),
          e);
    }
  }

  /// A client certificate cannot be handed on: the proxy would lend it to whoever connects.
  private static String token(Config config, Path kubeconfig) {
    return Optional.ofNullable(config.getOauthToken())
        .or(() -> Optional.ofNullable(config.getAutoOAuthToken()))
        .orElseThrow(() ->
            new IllegalStateException(
                "the user in "
                    + kubeconfig
                    + " has no token, and only a token can be handed on by a proxy; give a"
                    + " kubeconfig with a token, such as one of `kubectl create token`"));
  }

  private static SSLContext trusting(Config config) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    if (config.getCaCertData() == null) {
      context.init(null, null, null);
      return context;
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    byte[] pem = Base64.getDecoder().decode(config.getCaCertData());
    for (Certificate one :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem))) {
      trusted.setCertificateEntry("ca-" + trusted.size(), one);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /// A new connection, which speaks HTTP/1.1.
  SSLSocket connect() throws IOException {
    SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(host, port);
    socket.setTcpNoDelay(true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
