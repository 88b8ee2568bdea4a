package io.firn.backend.s3;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Why no trusted TLS connection came about, and what to do: the JDK says it some causes deep, in
/// words of its own.
record TlsRefusal(String why, String next) {
  /// What that failure was; empty where trust is not the question: a line that was cut, or no TLS.
  static Optional<TlsRefusal> of(Throwable failure) {
    return S3Errors.cause(failure, SSLException.class)
        .filter(tls -> !cut(S3Errors.words(tls)))
        .map(tls -> certificate(failure).orElseGet(() -> of(S3Errors.words(tls))));
  }

  private static TlsRefusal of(String why) {
    return new TlsRefusal(why, "Check that the endpoint speaks https on this port");
  }

  private static Optional<TlsRefusal> certificate(Throwable failure) {
    Optional<Throwable> outdated =
        S3Errors.cause(failure, CertificateExpiredException.class)
            .or(() -> S3Errors.cause(failure, CertificateNotYetValidException.class));
    if (outdated.isPresent()) {
      return Optional.of(
          new TlsRefusal(
              "its certificate is out of date (" + S3Errors.words(outdated.get()) + ")",
              "Have it renewed, or set this machine's clock right"));
    }
    // The second: an authority of the same name is trusted, and has not signed it.
    if (S3Errors.cause(failure, CertPathBuilderException.class).isPresent()
        || S3Errors.cause(failure, CertPathValidatorException.class).isPresent()) {
      return Optional.of(
          new TlsRefusal(
              "its certificate comes from no authority that is trusted here",
              "Name its CA with --s3-ca-file"));
    }
    return S3Errors.cause(failure, CertificateException.class)
        .map(e ->
            new TlsRefusal(
                "its certificate is not for it (" + S3Errors.words(e) + ")",
                "Use an endpoint that the certificate names, and see --s3-ca-file"));
  }

  /// A TLS connection that is cut is no question of trust.
  private static boolean cut(String why) {
    return why.contains("closed") || why.contains("reset") || why.contains("terminated");
  }
}
