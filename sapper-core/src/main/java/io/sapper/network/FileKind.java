package io.sapper.network;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a file that is not ONNX may be, by how it begins. */
final class FileKind {
    private static final int HEAD = 64;

    private static final Map<String, String> BEGINNINGS = new LinkedHashMap<>();

    static {
        BEGINNINGS.put("PK\3\4", "a zip archive, as PyTorch (.pt) and Keras (.keras) write: export it as ONNX");
        BEGINNINGS.put("\u0089PNG", "a PNG picture");
        BEGINNINGS.put("\u00ff\u00d8\u00ff", "a JPEG picture");
        BEGINNINGS.put("\u0089HDF", "an HDF5 file, as Keras (.h5) writes: export it as ONNX");
        BEGINNINGS.put("\u001f\u008b", "compressed with gzip: unpack it");
        BEGINNINGS.put("\u0080\2", "a Python pickle, which is never opened: export it as ONNX");
        BEGINNINGS.put("\u0080\3", "a Python pickle, which is never opened: export it as ONNX");
        BEGINNINGS.put("\u0080\4", "a Python pickle, which is never opened: export it as ONNX");
        BEGINNINGS.put("\u0080\5", "a Python pickle, which is never opened: export it as ONNX");
        BEGINNINGS.put(
                "version https://git-lfs", "a pointer of Git LFS in place of the model: fetch it with 'git lfs pull'");
        BEGINNINGS.put("<!DOCTYPE", "a web page: the download went wrong");
        BEGINNINGS.put("<!doctype", "a web page: the download went wrong");
        BEGINNINGS.put("<html", "a web page: the download went wrong");
    }

    private FileKind() {}

    /** In words, to stand behind "maybe"; empty where it cannot be told. */
    static String of(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(HEAD, bytes.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("TFL3", 4)) {
            return "a TensorFlow Lite model: export it as ONNX";
        }
        if (head.startsWith("{\"", 8)) {
            return "a safetensors file, which has weights and no network: export it as ONNX";
        }
        return BEGINNINGS.entrySet().stream()
                .filter(entry -> head.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
