package io.firn.simulator.api;

/// A kind of object by API group ("" for core) and plural name, whatever the version. Printed as
/// error messages print it: `pods`, `virtualmachines.kubevirt.io`.
record ResourceId(String group, String plural) {
  @Override
  public String toString() {
    return group.isEmpty() ? plural : plural + "." + group;
  }
}
