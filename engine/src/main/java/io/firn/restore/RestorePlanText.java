package io.firn.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// A plan for people and for programs.
///
/// Stateless.
public final class RestorePlanText {
  private RestorePlanText() {}

  /// Lines without ANSI codes: one a planned action, its rewrites indented below, then findings and
  /// totals.
  public static List<String> lines(RestorePlan plan) {
    throw new UnsupportedOperationException("stub " + plan);
  }

  /// `{"point","sourceNamespace","targetNamespace","runnable","totalBytes","actions":[…],
  /// "machines":[…],"findings":[…]}`.
  public static ObjectNode json(RestorePlan plan) {
    throw new UnsupportedOperationException("stub " + plan);
  }
}
