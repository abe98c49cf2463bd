import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import java.util.Properties;
import java.util.Scanner;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Answers what java.util.Properties, java.util.regex and java.text.SimpleDateFormat make of something. One question a line: a
 * command and its arguments, texts as Base64 of UTF-16 (big endian, so that half a surrogate pair survives). One line of JSON
 * answers each.
 */
class Witness {
  public static void main(String[] args) {
    Scanner lines = new Scanner(System.in, StandardCharsets.US_ASCII);
    StringBuilder out = new StringBuilder();
    while (lines.hasNextLine()) out.append(answer(lines.nextLine().split(" ", -1))).append('\n');
    System.out.print(out);
    System.out.flush();
  }

  static String answer(String[] words) {
    switch (words[0]) {
      case "properties":
        return properties(Base64.getDecoder().decode(words[1]));
      case "regex":
        return regex(Integer.parseInt(words[1]), words);
      case "replace":
        return replace(text(words[1]), text(words[2]), text(words[3]));
      case "date":
        return date(text(words[1]), text(words[2]), text(words[3]));
      default:
        throw new IllegalArgumentException(words[0]);
    }
  }

  static String properties(byte[] bytes) {
    Properties read = new Properties();
    try {
      read.load(new ByteArrayInputStream(bytes));
    } catch (IOException | IllegalArgumentException e) {
      return "{\"error\":" + quote(String.valueOf(e.getMessage())) + "}";
    }
    StringBuilder out = new StringBuilder("[");
    for (var entry : new TreeMap<Object, Object>(read).entrySet()) {
      if (out.length() > 1) out.append(',');
      out.append('[').append(quote((String) entry.getKey())).append(',').append(quote((String) entry.getValue())).append(']');
    }
    return out.append(']').toString();
  }

  /** Flags, the pattern, then the texts to run it over. */
  static String regex(int flags, String[] words) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(text(words[2]), flags);
    } catch (PatternSyntaxException e) {
      return "{\"error\":" + quote(String.valueOf(e.getDescription())) + ",\"at\":" + e.getIndex() + "}";
    }
    StringBuilder out = new StringBuilder("[");
    for (int i = 3; i < words.length; i++) {
      if (i > 3) out.append(',');
      Matcher find = pattern.matcher(text(words[i]));
      String found = find.find() ? groups(find) : "null";
      Matcher whole = pattern.matcher(text(words[i]));
      out.append("{\"find\":").append(found).append(",\"whole\":").append(whole.matches() ? groups(whole) : "null").append('}');
    }
    return out.append(']').toString();
  }

  static String groups(Matcher matcher) {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i <= matcher.groupCount(); i++) {
      if (i > 0) out.append(',');
      out.append(matcher.group(i) == null ? "null" : quote(matcher.group(i)));
    }
    return out.append(']').toString();
  }

  static String replace(String pattern, String replacement, String text) {
    try {
      Matcher matcher = Pattern.compile(pattern).matcher(text);
      String all = matcher.replaceAll(replacement);
      return "{\"all\":" + quote(all) + ",\"first\":" + quote(matcher.replaceFirst(replacement)) + "}";
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return "{\"error\":" + quote(String.valueOf(e.getMessage())) + "}";
    }
  }

  static String date(String pattern, String zone, String text) {
    try {
      SimpleDateFormat format = new SimpleDateFormat(pattern, Locale.ENGLISH);
      format.setLenient(false);
      format.setTimeZone(TimeZone.getTimeZone(zone));
      ParsePosition at = new ParsePosition(0);
      Date found = format.parse(text, at);
      return found == null ? "null" : "{\"ms\":" + found.getTime() + ",\"end\":" + at.getIndex() + "}";
    } catch (IllegalArgumentException e) {
      return "{\"error\":" + quote(String.valueOf(e.getMessage())) + "}";
    }
  }

  static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_16BE);
  }

  /** JSON in ASCII. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') out.append(String.format("\\u%04x", (int) c));
      else out.append(c);
    }
    return out.append('"').toString();
  }
}
