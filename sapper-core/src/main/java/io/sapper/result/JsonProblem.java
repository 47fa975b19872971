package io.sapper.result;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;

/** What is wrong with a file that should be a result: the parser's findings in words for people, and where. */
final class JsonProblem {
    private final JsonProcessingException found;

    JsonProblem(JsonProcessingException found) {
        this.found = found;
    }

    /** Line and column, from 1; empty where the parser knows none. */
    String where() {
        JsonLocation location = found.getLocation();
        return location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** What it is, without a full stop. */
    String words() {
        if (found instanceof JsonEOFException) {
            return "it ends too early";
        } else if (found instanceof StreamReadException) {
            return "this is not JSON";
        } else if (found instanceof JsonMappingException mapping) {
            return place(mapping) + words(mapping);
        }
        return "unreadable";
    }

    private static String words(JsonMappingException mapping) {
        if (mapping.getCause() instanceof IllegalArgumentException complaint) { // of our records: a sentence
            return String.valueOf(complaint.getMessage()).replaceFirst("\\.$", "");
        } else if (mapping.getCause() instanceof JsonProcessingException parser) {
            return new JsonProblem(parser).words();
        } else if (mapping instanceof InvalidTypeIdException type) {
            return type.getTypeId() == null
                    ? "its \"kind\" is missing"
                    : "the kind '" + type.getTypeId() + "' is not known here";
        } else if (mapping instanceof InvalidFormatException format) {
            boolean number =
                    format.getTargetType() != null && format.getTargetType().isPrimitive();
            return "'" + format.getValue() + "' is " + (number ? "no number that fits here" : "not known here");
        }
        return mapping.getPath().isEmpty() ? "it holds something else" : "this does not belong there";
    }

    /** For example {@code findings[0].kind: }; nothing for the whole. */
    private static String place(JsonMappingException mapping) {
        StringBuilder place = new StringBuilder();
        for (Reference part : mapping.getPath()) {
            if (part.getFieldName() == null) {
                place.append('[').append(part.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(part.getFieldName());
            }
        }
        return place.isEmpty() ? "" : place + ": ";
    }
}
