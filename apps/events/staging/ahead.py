"""Preparing the next piece in a thread while the database takes the one before."""

from queue import Queue
from threading import Event, Thread

PIECES_AHEAD = 4
_END = object()


def ahead(pieces):
    """Yield what `pieces` yields, made in a thread a few pieces ahead; its error is raised here."""
    queue, is_left = Queue(maxsize=PIECES_AHEAD), Event()
    maker = Thread(target=_make, args=(pieces, queue, is_left), daemon=True)
    maker.start()
    try:
        while (piece := queue.get()) is not _END:
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        is_left.set()
        while not queue.empty():
            queue.get_nowait()
        maker.join()


def _make(pieces, queue, is_left):
    try:
        for piece in pieces:
            queue.put(piece)
            if is_left.is_set():
                return
        queue.put(_END)
    except Exception as error:
        # Raised again where the pieces are taken.
        queue.put(error)
