package io.firn.graph.render;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// A picture read back as an XML parser sees it.
record Drawing(List<Box> boxes, List<String> titles) {
  record Text(String style, double x, double y, String content) {}

  record Box(String style, double x, double y, double width, double height, List<Text> texts) {
    boolean overlaps(Box other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }
  }

  static Drawing of(String svg) {
    Document document = parse(svg);
    List<Box> boxes = new ArrayList<>();
    for (Element group : elements(document.getElementsByTagName("g"))) {
      List<Element> rectangles = elements(group.getElementsByTagName("rect"));
      List<Element> texts = elements(group.getElementsByTagName("text"));
      if (!texts.isEmpty()) {
        boxes.add(box(group.getAttribute("class"), rectangles.getFirst(), texts));
      }
    }
    List<String> titles =
        elements(document.getElementsByTagName("title")).stream()
            .map(Element::getTextContent)
            .toList();
    return new Drawing(boxes, titles);
  }

  private static Box box(String style, Element rectangle, List<Element> texts) {
    return new Box(
        style,
        number(rectangle, "x"),
        number(rectangle, "y"),
        number(rectangle, "width"),
        number(rectangle, "height"),
        texts.stream()
            .map(text ->
                new Text(
                    text.getAttribute("class"),
                    number(text, "x"),
                    number(text, "y"),
                    text.getTextContent()))
            .toList());
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static List<Element> elements(NodeList nodes) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  private static Document parse(String svg) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("not well-formed XML", e);
    }
  }
}
