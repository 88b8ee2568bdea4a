package io.firn.point;

/// The name of a recovery point, unique within a vault: `20261124-202040-3f9a`, UTC time and four
/// random hex digits. Commands accept any unique prefix, and `latest`.
public record PointName(String value) {
  @Override
  public String toString() {
    return value;
  }
}
