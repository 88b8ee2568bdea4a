package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectLookup;
import io.firn.graph.ObjectRef;
import io.firn.graph.Presence;
import io.firn.graph.ResourceKind;
import io.firn.graph.UnreadList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the graph knows of the cluster: every list read at most once, when it is first needed. One
/// per graph, one thread.
final class ObjectIndex {
  private record Place(ResourceKind kind, String namespace) {}

  private final ObjectLookup lookup;
  private final Map<Place, Listing> listings = new LinkedHashMap<>();

  ObjectIndex(ObjectLookup lookup) {
    this.lookup = lookup;
  }

  Listing list(ResourceKind kind, String namespace) {
    String place = kind.namespaced() ? namespace : "";
    return listings.computeIfAbsent(new Place(kind, place), this::read);
  }

  /// The object that a reference names, where the kind is known, readable, and has it.
  Optional<ObjectNode> find(ObjectRef ref) {
    return Kinds.of(ref).flatMap(kind -> list(kind, ref.namespace()).named(ref.name()));
  }

  /// The lists that were wanted so far and could not be read.
  List<UnreadList> unread() {
    List<UnreadList> unread = new ArrayList<>();
    listings.forEach((place, listing) ->
        listing
            .unreadable()
            .map(why ->
                new UnreadList(
                    place.kind(), place.namespace(), why, UnreadKinds.weighty(place.kind())))
            .ifPresent(unread::add));
    return unread;
  }

  Presence presence(ObjectRef ref) {
    Optional<ResourceKind> kind = Kinds.of(ref);
    if (kind.isEmpty()) {
      return new Presence.Unknown("Firn does not know the kind " + ref.kind());
    }
    Listing listing = list(kind.get(), ref.namespace());
    if (listing.unreadable().isPresent()) {
      return new Presence.Unknown(listing.unreadable().get());
    }
    return listing.named(ref.name()).isPresent() ? new Presence.Present() : new Presence.Missing();
  }

  private Listing read(Place place) {
    List<ObjectNode> objects = lookup.list(place.kind(), place.namespace());
    return new Listing(objects, lookup.unreadable(place.kind(), place.namespace()));
  }
}
