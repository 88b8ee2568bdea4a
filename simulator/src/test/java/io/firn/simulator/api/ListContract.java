package io.firn.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lists: selectors, pages, tables.
abstract class ListContract extends ApiServerContract {
  ListContract(Supplier<Path> kubeconfig) {
    super(kubeconfig);
  }

  @BeforeEach
  void fill() throws Exception {
    label("a", "{\"tier\": \"web\"}");
    label("b", "{\"tier\": \"db\", \"old\": \"yes\"}");
    label("c", "{\"tier\": \"db\"}");
    label("d", "{\"other\": \"x\"}");
  }

  private void label(String name, String labels) throws Exception {
    raw.post(
        core("secrets"),
        """
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "%s", "labels": %s}}
        """
            .formatted(name, labels));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tier=web                | a
          tier==db                | b,c
          tier!=db                | a,d
          tier in (web,db)        | a,b,c
          tier notin (web)        | b,c,d
          tier                    | a,b,c
          !tier                   | d
          tier=db,old             | b
          tier=db,!old            | c
          """)
  void list_labelSelector_selects(String selector, String expected) throws Exception {
    assertThat(names("labelSelector", selector)).containsExactly(expected.split(","));
  }

  @Test
  void list_fieldSelectors_select() throws Exception {
    assertThat(names("fieldSelector", "metadata.name=b")).containsExactly("b");
    assertThat(names("fieldSelector", "metadata.name!=b")).containsExactly("a", "c", "d");
    assertThat(names("fieldSelector", "type=Opaque")).hasSize(4);
    assertThat(raw.get(core("secrets?fieldSelector=spec.bogus%3Dx")).status()).isEqualTo(400);
  }

  private List<String> names(String parameter, String selector) throws Exception {
    String encoded = URLEncoder.encode(selector, StandardCharsets.UTF_8);
    return names(raw.get(core("secrets?" + parameter + "=" + encoded)).body());
  }

  private static List<String> names(JsonNode list) {
    return StreamSupport.stream(list.path("items").spliterator(), false)
        .map(item -> item.at("/metadata/name").asText())
        .toList();
  }

  @Test
  void list_inPages_isStableWhileObjectsCome() throws Exception {
    JsonNode first = raw.get(core("secrets?limit=3")).body();
    assertThat(names(first)).containsExactly("a", "b", "c");
    assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(1);
    label("ab", "{}");
    label("zz", "{}");

    String token =
        URLEncoder.encode(first.at("/metadata/continue").asText(), StandardCharsets.UTF_8);
    JsonNode second = raw.get(core("secrets?limit=3&continue=" + token)).body();

    assertThat(names(second)).containsExactly("d");
    assertThat(second.at("/metadata/continue").asText()).isEmpty();
    assertThat(second.at("/metadata/resourceVersion"))
        .isEqualTo(first.at("/metadata/resourceVersion"));
  }

  @Test
  void list_continuedByForeignToken_isBadRequest() throws Exception {
    RawClient.Answer answer = raw.get(core("secrets?limit=3&continue=nonsense"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).startsWith("invalid continue token: continue key is not valid");
  }

  @Test
  void list_ofRevisionToCome_timesOut() throws Exception {
    RawClient.Answer answer = raw.get(core("secrets?resourceVersion=99999999"));

    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.message())
        .startsWith("Timeout: Too large resource version: 99999999, current: ");
  }

  @Test
  void list_optionsThatDoNotGoTogether_areInvalid() throws Exception {
    assertThat(raw.get(core("secrets?resourceVersionMatch=Exact")).message())
        .isEqualTo(
            "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden:"
                + " resourceVersionMatch is forbidden unless resourceVersion is provided");
    assertThat(raw.get(core("secrets?sendInitialEvents=true")).status()).isEqualTo(422);
    assertThat(raw.get(core("secrets?watch=true&sendInitialEvents=true")).status()).isEqualTo(422);
    assertThat(raw.get(core("secrets?watch=true&resourceVersionMatch=NotOlderThan")).status())
        .isEqualTo(422);
  }

  @Test
  void list_ofBuiltInKind_doesNotRepeatItInTheItems() throws Exception {
    JsonNode item = raw.get(core("secrets")).body().at("/items/0");

    assertThat(item.has("kind")).isFalse();
    assertThat(item.has("apiVersion")).isFalse();
  }

  @Test
  void list_carriesKindAndRevision() throws Exception {
    JsonNode list = raw.get(core("secrets")).body();

    assertThat(list.path("kind").asText()).isEqualTo("SecretList");
    assertThat(list.path("apiVersion").asText()).isEqualTo("v1");
    assertThat(list.at("/metadata/resourceVersion").asLong()).isPositive();
  }

  @Test
  void list_asTable_hasColumnsAndRows() throws Exception {
    JsonNode table = raw.table(core("secrets?fieldSelector=metadata.name%3Da"));

    assertThat(table.path("kind").asText()).isEqualTo("Table");
    assertThat(table.path("columnDefinitions").findValuesAsText("name"))
        .containsExactly("Name", "Type", "Data", "Age");
    assertThat(table.at("/rows/0/cells/0").asText()).isEqualTo("a");
    assertThat(table.at("/rows/0/cells/1").asText()).isEqualTo("Opaque");
    assertThat(table.at("/rows/0/object/kind").asText()).isEqualTo("PartialObjectMetadata");
  }

  @Test
  void deleteCollection_withSelector_deletesTheSelected() throws Exception {
    raw.delete(core("secrets?labelSelector=tier%3Ddb"), "");

    assertThat(names(raw.get(core("secrets")).body())).containsExactly("a", "d");
  }
}
