"""State asked for ahead: of all keys that a bundle brings at once, by Beam 2.77's harness.

Beam asks Flink for the state of a key when its element is worked on, and waits: at 100 articles a
second half of the time of the step that cross-checks. What a bundle brings comes to the harness in
one piece; here the states of all its keys are asked for when it comes, and the step that works on a
key finds the answer there, or on its way. What is in the harness's cache is not asked for.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from apache_beam.coders import coder_impl
from apache_beam.portability.api import beam_fn_api_pb2, beam_runner_api_pb2
from apache_beam.runners.worker.bundle_processor import (
    BundleProcessor,
    DataInputOperation,
    FnApiUserStateContext,
)
from apache_beam.runners.worker.sdk_worker import GrpcStateHandler

_made = threading.local()  # the contexts of the stage that a thread puts together
_create_execution_tree = BundleProcessor.create_execution_tree
_init_context = FnApiUserStateContext.__init__
_process_encoded = DataInputOperation.process_encoded
_request = GrpcStateHandler._request


def install() -> None:
    """From now on this process asks ahead."""
    BundleProcessor.create_execution_tree = _with_contexts
    FnApiUserStateContext.__init__ = _known_context
    DataInputOperation.process_encoded = _process_asked
    GrpcStateHandler._request = _request_once


def _with_contexts(self: Any, descriptor: Any) -> Any:
    """Tells what reads a stage's input which states the step that takes it reads."""
    _made.contexts = []
    operations = _create_execution_tree(self, descriptor)
    for context in _made.contexts:
        payload = descriptor.transforms[context._transform_id].spec.payload
        states = beam_runner_api_pb2.ParDoPayload.FromString(payload).state_specs
        context.bags = [name for name, spec in states.items() if spec.HasField("bag_spec")]
    for source, operation in operations.items():
        if isinstance(operation, DataInputOperation):
            brought = set(descriptor.transforms[source].outputs.values())
            operation.contexts = [c for c in _made.contexts if brought & _taken(descriptor, c)]
    return operations


def _taken(descriptor: Any, context: Any) -> set[str]:
    """What the step of a context works on."""
    return set(descriptor.transforms[context._transform_id].inputs.values())


def _known_context(self: Any, *arguments: Any) -> None:
    _init_context(self, *arguments)
    _made.contexts.append(self)


def _process_asked(self: Any, encoded: bytes) -> None:
    if self.contexts:
        for element in _decoded(self, encoded):
            for window in element.windows:
                for context in self.contexts:
                    _ask(context, element.value[0], window)
    _process_encoded(self, encoded)


def _decoded(operation: Any, encoded: bytes) -> Iterator[Any]:
    stream = coder_impl.create_InputStream(encoded)
    while stream.size() > 0:
        yield operation.windowed_coder_impl.decode_from_stream(stream, True)


def _ask(context: Any, key: Any, window: Any) -> None:
    """Sends what asks for the state of a key, unless it was asked for or is cached."""
    handler = context._state_handler
    asked = _asked(handler._underlying)
    for bag in context.bags:
        state = beam_fn_api_pb2.StateKey.BagUserState(
            transform_id=context._transform_id,
            user_state_id=bag,
            window=context._window_coder.encode(window),
            key=context._key_coder.encode_nested(key),
        )
        name = beam_fn_api_pb2.StateKey(bag_user_state=state)
        encoded, token = name.SerializeToString(), handler._get_cache_token(name)
        if encoded in asked or (token and handler._state_cache.peek((encoded, token)) is not None):
            continue
        get = beam_fn_api_pb2.StateGetRequest()
        request = beam_fn_api_pb2.StateRequest(state_key=name, get=get)
        asked[encoded] = _request(handler._underlying, request)


def _asked(handler: Any) -> dict[bytes, Any]:
    """What this thread asked for in the bundle it works on, by the state's name."""
    context = handler._context
    if getattr(context, "asked_in", None) != context.process_instruction_id:
        context.asked_in, context.asked = context.process_instruction_id, {}
    asked: dict[bytes, Any] = context.asked
    return asked


def _request_once(self: Any, request: Any) -> Any:
    """What GrpcStateHandler._request gives, without sending again what was asked for."""
    if request.HasField("get") and not request.get.continuation_token:
        asked = _asked(self).pop(request.state_key.SerializeToString(), None)
        if asked is not None:
            return asked
    return _request(self, request)
