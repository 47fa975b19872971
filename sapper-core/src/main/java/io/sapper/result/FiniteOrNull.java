package io.sapper.result;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;

/** JSON has no NaN: an undefined number is written as null, and null or nothing is read as NaN, never as 0. */
final class FiniteOrNull extends JsonSerializer<Number> {
    @Override
    public void serialize(Number value, JsonGenerator json, SerializerProvider provider) throws IOException {
        if (!Double.isFinite(value.doubleValue())) {
            json.writeNull();
        } else if (value instanceof Float) {
            json.writeNumber(value.floatValue());
        } else {
            json.writeNumber(value.doubleValue());
        }
    }

    /** The way back. */
    static final class Reader extends StdScalarDeserializer<Double> {
        Reader() {
            super(Double.class);
        }

        @Override
        public Double deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.currentToken().isNumeric()) {
                return (Double) context.handleUnexpectedToken(Double.class, json);
            }
            return json.getDoubleValue();
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
            return Double.NaN;
        }
    }

    /** The way back, in single precision. */
    static final class FloatReader extends StdScalarDeserializer<Float> {
        FloatReader() {
            super(Float.class);
        }

        @Override
        public Float deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.currentToken().isNumeric()) {
                return (Float) context.handleUnexpectedToken(Float.class, json);
            }
            return json.getFloatValue();
        }

        @Override
        public Float getNullValue(DeserializationContext context) {
            return Float.NaN;
        }
    }
}
