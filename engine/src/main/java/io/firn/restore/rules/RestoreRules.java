package io.firn.restore.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.restore.Rewrite;
import java.util.ArrayList;
import java.util.List;

/// All rules, in the order in which they are applied: what every object loses, what machines,
/// claims and other kinds need, names and places, and last the mark of the restore. What kubectl
/// remembers of an object follows it ([LastApplied]).
public final class RestoreRules {
  private static final List<RestoreRule> ALL =
      List.of(
          new ServerOwnedFields(),
          new Owners(),
          new Finalizers(),
          new TransientAnnotations(),
          new FirnMarks(),
          new RunState(),
          new RevisionNames(),
          new InferredNames(),
          new MemoryDumps(),
          new PciTopology(),
          new ReservedLabels(),
          new MacAddresses(),
          new FirmwareUuid(),
          new FirmwareSerial(),
          new TemplatesWithoutDataVolume(),
          new ClaimBinding(),
          new ClaimAnnotations(),
          new ClaimSize(),
          new DataVolumeHandover(),
          new StorageClasses(),
          new ServiceAddresses(),
          new ServiceAccountTokens(),
          new ClaimNames(),
          new BackendStorageLabel(),
          new MachineNames(),
          new NamespaceReferences(),
          new ObjectName(),
          new RestoreMark());

  private RestoreRules() {}

  /// Applies all rules to a copy of the captured definition.
  public static Sanitized apply(ObjectNode captured, RuleContext context) {
    ObjectNode object = captured.deepCopy();
    List<Rewrite> rewrites = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (RestoreRule rule : ALL) {
      Edits edits = new Edits(rule.scope());
      rule.apply(object, context, edits);
      rewrites.addAll(edits.rewrites());
      warnings.addAll(edits.warnings());
    }
    rewrites.addAll(new LastApplied(context).rewrite(captured, object));
    return new Sanitized(object, rewrites, warnings);
  }

  /// The rules that change what a person has written, in an object that a person has written; how
  /// it is halted and marked while it is restored is no part of that.
  static ObjectNode applyTo(ObjectNode written, RuleContext context) {
    ObjectNode object = written.deepCopy();
    for (RestoreRule rule : ALL) {
      if (!(rule instanceof RunState) && !(rule instanceof RestoreMark)) {
        rule.apply(object, context, new Edits(rule.scope()));
      }
    }
    return object;
  }

  /// A definition that can be created, what was changed, and what the user should know.
  public record Sanitized(ObjectNode object, List<Rewrite> rewrites, List<String> warnings) {
    public Sanitized {
      rewrites = List.copyOf(rewrites);
      warnings = List.copyOf(warnings);
    }
  }
}
