"""Figures of areas, ranking and choices of cercles, search."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.access import may_save_choices, may_see_choices
from apps.api import choices
from apps.api.serializers import ChoiceSerializer, MonthsSerializer, SelectionSerializer, WeightsSerializer
from apps.boundaries.places import found
from apps.events.figures import PERIODS, choropleth, period_of, provenance
from apps.targeting import services
from apps.targeting.models import Selection
from geo.vocabulary import Level

LEVELS = {"regions": Level.REGION, "cercles": Level.CERCLE}


class IndicatorsView(APIView):
    """What a choropleth shows: figures of every area over a period, with class limits and counts."""

    permission_classes = []

    @extend_schema(
        parameters=[
            OpenApiParameter("level", str, OpenApiParameter.PATH, enum=list(LEVELS)),
            OpenApiParameter("period", str, enum=list(PERIODS)),
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request, level):
        if level not in LEVELS:
            raise Http404(level)
        period = request.GET.get("period", "12m")
        if period not in PERIODS:
            raise serializers.ValidationError(
                {"period": _("Période inconnue. Connues : %(known)s") % {"known": ", ".join(PERIODS)}}
            )
        return Response(choropleth(LEVELS[level], period))


def checked(serializer_class, request):
    serializer = serializer_class(data=request.GET.dict())
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


class FiguresView(APIView):
    """The criteria of every cercle over a period, and whether the programme chose it."""

    permission_classes = []

    @extend_schema(parameters=[MonthsSerializer], responses=OpenApiTypes.OBJECT)
    def get(self, request):
        asked = checked(MonthsSerializer, request)
        return Response(
            {
                "criteria": services.CRITERIA,
                "since": asked["since"],
                "until": choices.last_day(asked["until"]),
                **provenance(),
                "events_period": vars(period_of("all")),
                "cercles": services.figures(asked["since"], choices.last_day(asked["until"])),
            }
        )


class RankingView(APIView):
    """The cercles ranked by a weighted sum of the criteria."""

    permission_classes = []

    @extend_schema(parameters=[WeightsSerializer], responses=OpenApiTypes.OBJECT)
    def get(self, request):
        asked = checked(WeightsSerializer, request)
        until = choices.last_day(asked["until"])
        return Response(
            {
                "weights": asked["weights"],
                "since": asked["since"],
                "until": until,
                **provenance(),
                "cercles": services.ranked(asked["since"], until, asked["weights"]),
            }
        )


class ChoiceDownload(APIView):
    """A ranking, and the cercles chosen from it, as a file."""

    permission_classes = []

    @extend_schema(
        parameters=[
            ChoiceSerializer,
            OpenApiParameter("extension", str, OpenApiParameter.PATH, enum=["geojson", "csv"]),
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request, extension):
        asked = checked(ChoiceSerializer, request)
        rows = services.ranked(asked["since"], choices.last_day(asked["until"]), asked["weights"])
        chosen = asked.get("cercles")
        if chosen:
            unknown = sorted(set(chosen) - {row["pcode"] for row in rows})
            if unknown:
                raise serializers.ValidationError(
                    {"cercles": _("%(pcode)s n’est pas un cercle de cette édition") % {"pcode": unknown[0]}}
                )
            rows = [row for row in rows if row["pcode"] in chosen]
        body, content_type = choices.WRITERS[extension](rows, asked, provenance())
        response = HttpResponse(body, content_type=content_type)
        response["Content-Disposition"] = (
            f'attachment; filename="maillage_choix_{asked["until"]:%Y-%m}.{extension}"'
        )
        return response


class MayChoose(BasePermission):
    """Asks `apps.accounts.access`: some read saved choices, some save them."""

    def has_permission(self, request, view):
        reads = request.method in SAFE_METHODS
        return may_see_choices(request.user) if reads else may_save_choices(request.user)


class SelectionViewSet(
    mixins.CreateModelMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """Choices of cercles saved under a name. Saved ones are never changed: save another."""

    permission_classes = (MayChoose,)
    queryset = Selection.objects.select_related("author")
    serializer_class = SelectionSerializer

    def create(self, request, *args, **kwargs):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        try:
            selection = services.save_selection(
                request.user, **asked | {"until": choices.last_day(asked["until"])}
            )
        except services.UnknownCercle as error:
            raise serializers.ValidationError({"cercles": str(error)}) from error
        url = reverse("selection", args=[selection.pk])
        return Response({"id": selection.pk, "url": url, **self.get_serializer(selection).data}, status=201)


class SearchView(APIView):
    """Places whose name is like the words: regions, cercles, communes, settlements."""

    permission_classes = []

    @extend_schema(parameters=[OpenApiParameter("q", str)], responses=OpenApiTypes.OBJECT)
    def get(self, request):
        words = request.GET.get("q", "").strip()
        if len(words) < 2:
            raise serializers.ValidationError({"q": _("Donnez au moins deux lettres.")})
        return Response({"results": found(words)})
