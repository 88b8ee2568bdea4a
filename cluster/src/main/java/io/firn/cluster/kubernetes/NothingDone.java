package io.firn.cluster.kubernetes;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import javax.net.ssl.SSLHandshakeException;

/// Tells failures after which the server surely did nothing from those that leave it open.
final class NothingDone {
  private NothingDone() {}

  /// Whether no request left: there was no connection to send it on.
  static boolean in(IOException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      boolean notConnected =
          t instanceof ConnectException
              || t instanceof UnknownHostException
              || t instanceof NoRouteToHostException
              || t instanceof HttpConnectTimeoutException
              || t instanceof SSLHandshakeException;
      if (notConnected) {
        return true;
      }
    }
    return false;
  }

  /// Whether an answer says that nothing was done: a refusal, or a server that is busy or that
  /// could not pass the request on. The aggregation layer of the API server answers 503 as well
  /// where the connection behind it broke in the middle; then it is unknown.
  static boolean in(ApiResponse response) {
    int status = response.status();
    boolean brokenBehind =
        response.body().contains("error trying to reach service") && !notConnected(response.body());
    return (status >= 400 && status < 500 && status != 408) || (status == 503 && !brokenBehind);
  }

  /// Go's words for a connection that was never made.
  static boolean notConnected(String text) {
    return text.contains("dial tcp")
        || text.contains("no endpoints available")
        || text.contains("x509: ");
  }
}
