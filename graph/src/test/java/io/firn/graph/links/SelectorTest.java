package io.firn.graph.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectorTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{key: app, operator: In, values: [web, db]}     | {app: db}   | true",
        "{key: app, operator: In, values: [web, db]}     | {app: mail} | false",
        "{key: app, operator: In, values: [web]}         | {}          | false",
        "{key: app, operator: NotIn, values: [web]}      | {app: web}  | false",
        "{key: app, operator: NotIn, values: [web]}      | {}          | true",
        "{key: app, operator: Exists}                    | {app: web}  | true",
        "{key: app, operator: Exists}                    | {}          | false",
        "{key: app, operator: DoesNotExist}              | {app: web}  | false",
        "{key: app, operator: DoesNotExist}              | {}          | true",
        "{key: app, operator: Resembles, values: [web]}  | {app: web}  | false"
      })
  void expression_matchesAsKubernetesSays(String expression, String labels, boolean expected)
      throws JsonProcessingException {
    Selector selector = Selector.of(yaml("matchExpressions: [" + expression + "]"));

    assertThat(selector.matches(yaml("metadata: {labels: " + labels + "}"))).isEqualTo(expected);
  }

  @Test
  void everyDemand_mustHold() throws JsonProcessingException {
    Selector selector =
        Selector.of(
            yaml(
                "{matchLabels: {app: web}, matchExpressions: [{key: old, operator: DoesNotExist}]}"));

    assertThat(selector.matches(yaml("metadata: {labels: {app: web}}"))).isTrue();
    assertThat(selector.matches(yaml("metadata: {labels: {app: web, old: x}}"))).isFalse();
    assertThat(selector.matches(yaml("metadata: {labels: {app: db}}"))).isFalse();
  }

  @Test
  void emptySelector_matchesNothing() throws JsonProcessingException {
    assertThat(Selector.of(yaml("{}")).matches(yaml("metadata: {labels: {app: web}}"))).isFalse();
  }

  private static JsonNode yaml(String text) throws JsonProcessingException {
    return YAML.readTree(text);
  }
}
