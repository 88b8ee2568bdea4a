package io.firn.cluster.kubernetes;

import java.io.IOException;
import java.time.Duration;

/// One HTTP exchange with the API server. Any answer, also of an error, is an [ApiResponse];
/// [IOException] means that no whole answer came, so it is unknown whether the request was carried
/// out.
///
/// Thread-safe.
interface Transport {
  ApiResponse send(ApiRequest request) throws IOException;

  /// Opens a watch; lines are JSON events. Answers other than 200 are [IOException].
  WatchStream watch(String pathAndQuery, Duration atMost) throws IOException;
}
