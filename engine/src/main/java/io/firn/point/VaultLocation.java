package io.firn.point;

/// A vault's address: `file:/path` (a plain path is one), `nfs://server/path`,
/// `pvc://namespace/claim[/path]`.
public sealed interface VaultLocation {
  /// A folder on this machine; movers see it as a hostPath volume.
  record Folder(String path) implements VaultLocation {}

  record NfsShare(String server, String path) implements VaultLocation {}

  record Claim(String namespace, String claim, String path) implements VaultLocation {}
}
