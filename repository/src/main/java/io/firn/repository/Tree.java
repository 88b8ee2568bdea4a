package io.firn.repository;

import java.util.List;
import java.util.Optional;

/// The entries of a folder, sorted by the bytes of their names, no name twice.
public record Tree(List<Node> nodes) {
  public Tree {
    nodes = List.copyOf(nodes);
  }

  public Optional<Node> find(String name) {
    return nodes.stream().filter(n -> n.name().equals(name)).findFirst();
  }
}
