package io.firn.simulator.world;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;

/// Keeps the account of a class: what ran, what was left out and why, how long it took. After a
/// class, its namespaces are removed; after the last one, the cluster is.
public final class WorldReport
    implements ExecutionCondition, TestWatcher, BeforeAllCallback, AfterAllCallback {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<Need> unmet =
        context.getElement().flatMap(WorldReport::need).filter(need -> !need.met(World.here()));
    if (unmet.isEmpty()) {
      return ConditionEvaluationResult.enabled("");
    }
    WorldAccount.HERE.leftOut(className(context), methodName(context), unmet.get().why());
    return ConditionEvaluationResult.disabled(
        "not in the world " + World.here().title() + ": " + unmet.get().why());
  }

  private static Optional<Need> need(AnnotatedElement element) {
    return AnnotationSupport.findAnnotation(element, Needs.class).map(Needs::value);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(WorldEnd.class, _ -> new WorldEnd(), WorldEnd.class);
    WorldAccount.HERE.began(className(context));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getRequiredTestClass().getEnclosingClass() == null) {
      WorldCluster.ifStarted().ifPresent(WorldCluster::tidy);
    }
    WorldAccount.HERE.ended(className(context));
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    WorldAccount.HERE.ran(className(context));
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    String why = Optional.ofNullable(cause).map(Throwable::getMessage).orElse("no reason given");
    WorldAccount.HERE.leftOut(className(context), methodName(context), why);
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    WorldAccount.HERE.failed(className(context));
  }

  /// The outermost class: what is nested in it counts with it.
  private static String className(ExtensionContext context) {
    Class<?> one = context.getRequiredTestClass();
    while (one.getEnclosingClass() != null) {
      one = one.getEnclosingClass();
    }
    return one.getSimpleName();
  }

  private static String methodName(ExtensionContext context) {
    return context.getTestMethod().map(method -> method.getName()).orElse("");
  }
}
