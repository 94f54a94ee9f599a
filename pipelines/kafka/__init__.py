"""All that speaks with Kafka: the feed's source and sink, and what the commands do."""
