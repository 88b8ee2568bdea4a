package io.firn.simulator.kubelet;

/// The short name of a container image.
final class ImageName {
  private ImageName() {}

  /// Without registry, path, tag and digest: `registry.example/team/firn:1.2` is `firn`.
  static String shortName(String image) {
    int digest = image.indexOf('@');
    String name = digest < 0 ? image : image.substring(0, digest);
    name = name.substring(name.lastIndexOf('/') + 1);
    int tag = name.indexOf(':');
    return tag < 0 ? name : name.substring(0, tag);
  }
}
