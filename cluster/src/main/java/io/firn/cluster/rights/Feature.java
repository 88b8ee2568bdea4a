package io.firn.cluster.rights;

/// What a user does with Firn, as far as it needs rights of its own in the cluster. What reads and
/// writes a vault only (verify, points, prune, …) needs none.
public enum Feature {
  GRAPH("graph", "see what machines are made of"),
  BACKUP("backup", "take points"),
  FREEZE("freeze", "file-system consistency of running machines"),
  RESTORE("restore", "bring machines back, beside others or in their place"),
  REPLACE("replace", "restore with --on-conflict replace"),
  COPIES("copies", "restore to a namespace that is not there yet"),
  SHARED("shared", "restore what belongs to the whole cluster, and role bindings"),
  CLEANUP("cleanup", "firn doctor");

  private final String title;
  private final String meaning;

  Feature(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  public String title() {
    return title;
  }

  public String meaning() {
    return meaning;
  }
}
