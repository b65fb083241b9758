"""A question that comes by a request, of a page or of the API: who asks, and from where."""

from rest_framework.throttling import BaseThrottle

from apps.analysis.answering import answer


def address_of(request):
    """Return what tells the senders of requests apart who are not signed in, proxies allowed for."""
    return BaseThrottle().get_ident(request)


def ask(request, question):
    """Return the `Answer` to a question (JSON) for the reader of a request; raises as `answering.answer`."""
    return answer(question, request.user, address=address_of(request))
