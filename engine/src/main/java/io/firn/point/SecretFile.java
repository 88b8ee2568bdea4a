package io.firn.point;

/// A file that holds secrets, on its way into a Secret. `toString` tells its name only; immutable.
public final class SecretFile {
  private final String name;
  private final byte[] content;

  /// `name` is a key of a Secret: letters, digits, `-`, `_` and `.`.
  public SecretFile(String name, byte[] content) {
    this.name = name;
    this.content = content.clone();
  }

  public String name() {
    return name;
  }

  public byte[] content() {
    return content.clone();
  }

  @Override
  public String toString() {
    return "SecretFile[" + name + "]";
  }
}
