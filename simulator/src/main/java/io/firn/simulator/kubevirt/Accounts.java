package io.firn.simulator.kubevirt;

import java.util.Set;

/// The service accounts that KubeVirt's parts act as. Only they may write an instance's status.
final class Accounts {
  static final String API = "system:serviceaccount:kubevirt:kubevirt-apiserver";
  static final String CONTROLLER = "system:serviceaccount:kubevirt:kubevirt-controller";
  static final String HANDLER = "system:serviceaccount:kubevirt:kubevirt-handler";
  private static final String OPERATOR = "system:serviceaccount:kubevirt:kubevirt-operator";
  private static final Set<String> ALL = Set.of(API, CONTROLLER, HANDLER, OPERATOR);

  private Accounts() {}

  static boolean isKubeVirt(String user) {
    return ALL.contains(user);
  }
}
