package io.firn.graph.render;

import io.firn.graph.ClaimRole;
import io.firn.graph.ClaimUse;
import io.firn.graph.GraphNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The text of one object in a picture: its kind, its name (with the namespace where that is not
/// the first root's), and a remark, each no wider than a box may be.
record Box(GraphNode node, boolean isUsedClaim, String kind, String name, String remark) {
  static final double KIND_SIZE = 10;
  static final double NAME_SIZE = 12;
  static final double PADDING = 12;
  private static final double WIDEST = 220;
  private static final double NARROWEST = 112;
  private static final double LINE = 16;

  static Box of(GraphNode node, String homeNamespace, List<ClaimUse> uses) {
    ObjectRef ref = node.ref();
    boolean elsewhere = !ref.namespace().isEmpty() && !ref.namespace().equals(homeNamespace);
    List<String> remarks = new ArrayList<>();
    switch (node.presence()) {
      case Presence.Present() -> {}
      case Presence.Missing() -> remarks.add("missing");
      case Presence.Unknown(_) -> remarks.add("not readable");
    }
    uses.stream().findFirst().map(Box::use).ifPresent(remarks::add);
    size(node).ifPresent(remarks::add);
    String name = elsewhere ? ref.namespace() + "/" + ref.name() : ref.name();
    return new Box(
        node,
        !uses.isEmpty(),
        Lettering.PLAIN.fit(ref.kind(), KIND_SIZE, WIDEST),
        Lettering.BOLD.fit(name, NAME_SIZE, WIDEST),
        Lettering.PLAIN.fit(String.join(" · ", remarks), KIND_SIZE, WIDEST));
  }

  private static String use(ClaimUse use) {
    boolean named = use.role() != ClaimRole.BACKEND_STORAGE;
    return Words.of(use.role()) + (named ? " " + use.volume() : "");
  }

  /// Size and volume mode of a claim.
  private static Optional<String> size(GraphNode node) {
    return node.object()
        .filter(_ -> node.ref().kind().equals(Kinds.CLAIM.kind()))
        .map(claim -> claim.path("spec"))
        .map(spec ->
            spec.at("/resources/requests/storage").asText("")
                + " "
                + spec.path("volumeMode").asText(""))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  double width() {
    double text =
        Math.max(
            Lettering.BOLD.width(name, NAME_SIZE),
            Math.max(
                Lettering.PLAIN.width(kind, KIND_SIZE), Lettering.PLAIN.width(remark, KIND_SIZE)));
    return Math.max(NARROWEST, Math.ceil(text + 2 * PADDING));
  }

  double height() {
    return remark.isEmpty() ? 2 * LINE + 10 : 3 * LINE + 8;
  }
}
