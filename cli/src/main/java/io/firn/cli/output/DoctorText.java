package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.doctor.CureReport;
import io.firn.doctor.DoctorReport;
import io.firn.doctor.DoctorReport.FrozenGuest;
import io.firn.doctor.DoctorReport.Leftover;
import io.firn.doctor.DoctorReport.UnfinishedRestore;
import java.util.ArrayList;
import java.util.List;

/// What the doctor found and did, printed. Stateless.
public final class DoctorText {
  private DoctorText() {}

  /// Found only.
  public static Shown of(DoctorReport report) {
    return new Shown(findings(report), document(report), names(report));
  }

  /// Found and done.
  public static Shown of(DoctorReport report, CureReport cure) {
    StringBuilder text = new StringBuilder(findings(report));
    cure.removed().forEach(ref -> text.append("removed ").append(ref).append('\n'));
    cure.thawed().forEach(ref -> text.append("thawed ").append(ref).append('\n'));
    cure.failed().forEach(why -> text.append("failed: ").append(why).append('\n'));
    ObjectNode document = document(report);
    ArrayNode removed = document.putArray("removed");
    cure.removed().forEach(ref -> removed.add(References.document(ref)));
    ArrayNode thawed = document.putArray("thawed");
    cure.thawed().forEach(ref -> thawed.add(References.document(ref)));
    cure.failed().forEach(document.putArray("failed")::add);
    return new Shown(text.toString(), document, names(report));
  }

  private static String findings(DoctorReport report) {
    return table(report) + unfinished(report);
  }

  private static String unfinished(DoctorReport report) {
    StringBuilder text = new StringBuilder();
    for (UnfinishedRestore restore : report.unfinished()) {
      String point = restore.mark().replaceFirst("/.*", "");
      text.append(
          ("The restore %s in namespace %s is going on or was not finished (%d objects). Run the"
                  + " same restore again to finish it; or see what it made: kubectl get"
                  + " vm,dv,pvc,secret,cm -n %s -l firn.io/point=%s%n")
              .formatted(
                  restore.mark(),
                  restore.namespace(),
                  restore.objects().size(),
                  restore.namespace(),
                  point));
    }
    return text.toString();
  }

  private static String table(DoctorReport report) {
    StringBuilder unknown = new StringBuilder();
    report.unknown().forEach(why -> unknown.append("unknown: ").append(why).append('\n'));
    if (report.leftovers().isEmpty() && report.frozen().isEmpty()) {
      return unknown.isEmpty()
          ? "Nothing is left over and no guest is frozen.\n"
          : "Of what may be read, nothing is left over and no guest is frozen.\n" + unknown;
    }
    List<List<String>> rows = new ArrayList<>();
    for (Leftover left : report.leftovers()) {
      rows.add(
          List.of(
              left.object().namespace(),
              References.shortName(left.object()),
              left.run(),
              left.removable() ? "remove" : "keep",
              left.why()));
    }
    for (FrozenGuest guest : report.frozen()) {
      rows.add(
          List.of(
              guest.instance().namespace(),
              References.shortName(guest.instance()),
              "-",
              guest.orphaned() ? "thaw" : "keep",
              guest.why()));
    }
    return new Table(List.of("NAMESPACE", "OBJECT", "RUN", "ACTION", "WHY"), rows).render()
        + unknown;
  }

  private static List<String> names(DoctorReport report) {
    return report.leftovers().stream().map(l -> References.shortName(l.object())).toList();
  }

  private static ObjectNode document(DoctorReport report) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", "DoctorReport");
    document.put("healthy", report.healthy());
    ArrayNode leftovers = document.putArray("leftovers");
    for (Leftover left : report.leftovers()) {
      ObjectNode node = leftovers.addObject();
      node.set("object", References.document(left.object()));
      node.put("run", left.run());
      left.expires().ifPresent(at -> node.put("expires", at.toString()));
      node.put("removable", left.removable());
      node.put("why", left.why());
    }
    ArrayNode frozen = document.putArray("frozen");
    for (FrozenGuest guest : report.frozen()) {
      ObjectNode node = frozen.addObject();
      node.set("instance", References.document(guest.instance()));
      node.put("orphaned", guest.orphaned());
      node.put("why", guest.why());
    }
    report.unknown().forEach(document.putArray("unknown")::add);
    ArrayNode unfinished = document.putArray("unfinishedRestores");
    for (UnfinishedRestore restore : report.unfinished()) {
      ObjectNode node = unfinished.addObject();
      node.put("namespace", restore.namespace()).put("restore", restore.mark());
      ArrayNode objects = node.putArray("objects");
      restore.objects().forEach(ref -> objects.add(References.document(ref)));
    }
    return document;
  }
}
