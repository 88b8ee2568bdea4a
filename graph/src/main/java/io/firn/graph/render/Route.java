package io.firn.graph.render;

import java.util.List;
import java.util.Optional;

/// One line of the picture from left to right, over bends. `forward` is the arrow that points to
/// the right end, `backward` the one that points to the left end; one of them at least is there.
record Route(Optional<Arrow> forward, Optional<Arrow> backward, List<Vertex> stops) {}
