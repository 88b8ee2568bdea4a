package io.firn.cli.progress;

/// Shows how far long work is. Told from any thread; closed when the work ends, so that what comes
/// next is printed below.
///
/// Thread-safe.
public interface Progress extends AutoCloseable {
  /// A step begins: `freeze`, and on what.
  void step(String step, String detail);

  /// How far one volume or repository is.
  void transfer(String name, Amount amount);

  /// Something is otherwise than planned, and the work goes on.
  void warning(String message);

  @Override
  void close();
}
