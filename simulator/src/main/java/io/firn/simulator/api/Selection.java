package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/// Which objects of a collection a list, watch or deletecollection is about.
record Selection(Target target, LabelSelector labels, FieldSelector fields)
    implements Predicate<JsonNode> {

  static Selection of(Target target, Query query) {
    return new Selection(
        target,
        LabelSelector.parse(query.get("labelSelector")),
        FieldSelector.parse(target.resource(), query.get("fieldSelector")));
  }

  @Override
  public boolean test(JsonNode object) {
    return (target.namespace().isEmpty() || target.namespace().equals(Meta.namespace(object)))
        && (target.name().isEmpty() || target.name().equals(Meta.name(object)))
        && labels.test(object)
        && fields.test(object);
  }
}
