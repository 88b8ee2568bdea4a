package io.firn.backend.s3.server;

/// What the [FaultProxy] does to a request instead of passing it on, or to its answer.
public sealed interface Fault {
  /// Answers with an error of S3's; `header` is "" or a line such as `Retry-After: 1`.
  record Answer(int status, String code, String header) implements Fault {}

  /// The line is cut in the middle of the upload: the server gets nothing.
  record CutUpload() implements Fault {}

  /// The server does it, its answer gets lost.
  record LoseAnswer() implements Fault {}

  /// The line is cut in the middle of the answer: header right, body too short.
  record CutDownload() implements Fault {}

  /// Half of the body, and a length header that says so.
  record ShortenedDownload() implements Fault {}

  /// A proxy has dropped the length header: the body ends where the line does.
  record WithoutLength() implements Fault {}

  /// One bit of the body is another.
  record FlippedDownload() implements Fault {}

  /// A list as it was the first time that somebody asked for it.
  record StaleList() implements Fault {}
}
