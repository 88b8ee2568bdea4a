package io.firn.cluster.rights;

/// The roles that Firn ships. All are ClusterRoles; the first is bound in each namespace.
public enum GrantingRole {
  /// In a namespace, by a RoleBinding: all that backup, restore and cleanup do there.
  MACHINES("firn-machines"),
  /// By a ClusterRoleBinding: the few things that every user of the cluster may look at.
  CLUSTER("firn-cluster"),
  /// By a ClusterRoleBinding: all of the others in every namespace, and what changes the cluster.
  ADMIN("firn-admin");

  private final String title;

  GrantingRole(String title) {
    this.title = title;
  }

  /// The name of the ClusterRole.
  public String title() {
    return title;
  }
}
