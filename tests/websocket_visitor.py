"""A visitor of a real server without a browser: what a page says, over its WebSocket."""

from __future__ import annotations

from google.protobuf import text_format
from patience import BACKSTOP_S
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


class Visitor:
    """One session, from the opening of the page to `close`, or the end of a `with`.

    Raises websockets.InvalidStatus when the server does not take it.
    """

    def __init__(self, address: str) -> None:
        """address: of the server, « http://127.0.0.1:8501 »."""
        self._socket: ClientConnection = connect(
            f"{address.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit"],
            max_size=None,
            open_timeout=BACKSTOP_S,
            proxy=None,
            legacy=True,
        )

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """As a browser that leaves the page."""
        self._socket.close()

    def open(self, page: str = "", query: str = "") -> str:
        """Open a page of the menu; returns all the texts that it was sent, as one."""
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = query
        return self._run(asked)

    def click(self, element: str) -> str:
        """Click the button whose identifier ends so."""
        asked = BackMsg()
        state = asked.rerun_script.widget_states.widgets.add()
        state.id, state.trigger_value = element, True
        return self._run(asked)

    def _run(self, asked: BackMsg) -> str:
        self._socket.send(asked.SerializeToString())
        said = []
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._socket.recv(BACKSTOP_S))
            kind = message.WhichOneof("type")
            if kind in ("delta", "page_not_found"):
                said.append(text_format.MessageToString(message, as_utf8=True))
            elif kind == "script_finished":
                return "\n".join(said)
