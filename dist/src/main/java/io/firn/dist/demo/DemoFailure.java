package io.firn.dist.demo;

/// The story cannot go on: a command failed, or something did not come about in time.
final class DemoFailure extends RuntimeException {
  DemoFailure(String message) {
    super(message);
  }
}
