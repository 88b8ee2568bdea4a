package io.firn.graph;

/// KubeVirt's own classes of dependency: the value of the label `kubevirt.io/dependency-type`.
/// `OTHER` marks nodes that KubeVirt's graph does not have.
public enum DependencyType {
  COMPUTE("compute"),
  STORAGE("storage"),
  NETWORK("network"),
  CONFIG("config"),
  OTHER("other");

  private final String label;

  DependencyType(String label) {
    this.label = label;
  }

  /// The label's value, in lower case.
  public String label() {
    return label;
  }
}
