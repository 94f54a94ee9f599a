"""The continuous feed measured, most of it on a real Kafka and a real Flink."""
