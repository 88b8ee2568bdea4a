package io.firn.cli.output;

import java.util.ArrayList;
import java.util.List;

/// Rows under a header, aligned as kubectl aligns them: three spaces between columns, nothing after
/// the last. Immutable.
public record Table(List<String> header, List<List<String>> rows) {
  private static final String GAP = "   ";

  public Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new IllegalArgumentException("row " + row + " does not fit header " + header);
      }
    }
  }

  /// Every line ends with a newline; the empty cell is printed as kubectl's `<none>`.
  public String render() {
    List<Integer> widths = widths();
    StringBuilder text = new StringBuilder();
    line(header, widths, text);
    rows.forEach(row -> line(row, widths, text));
    return text.toString();
  }

  private List<Integer> widths() {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < header.size(); column++) {
      int width = width(header.get(column));
      for (List<String> row : rows) {
        width = Math.max(width, width(cell(row, column)));
      }
      widths.add(width);
    }
    return widths;
  }

  private static void line(List<String> row, List<Integer> widths, StringBuilder text) {
    int last = row.size() - 1;
    for (int column = 0; column < last; column++) {
      String cell = cell(row, column);
      text.append(cell).repeat(' ', widths.get(column) - width(cell)).append(GAP);
    }
    text.append(cell(row, last)).append('\n');
  }

  private static String cell(List<String> row, int column) {
    return row.get(column).isEmpty() ? "<none>" : row.get(column);
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
