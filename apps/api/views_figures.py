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
from apps.api.asked import ASKED, asked_of
from apps.api.serializers import ChoiceSerializer, MonthsSerializer, SelectionSerializer, WeightsSerializer
from apps.boundaries.models import Area
from apps.boundaries.places import found
from apps.events.figures import PERIODS, Period, choropleth, counts_by_type, period_of, provenance
from apps.events.spreading import SpreadBy
from apps.targeting import services
from apps.targeting.models import Selection
from geo.vocabulary import Level

LEVELS = {"regions": Level.REGION, "cercles": Level.CERCLE, "communes": Level.COMMUNE}


class IndicatorsView(APIView):
    """
    Figures of every area over a period, by type too, with class limits and counts.

    Numbers are of events placed with confidence; `_low`, `_expected` and `_high` count the others too, spread
    over the areas of the unit that they stand for, as `spread` tells.
    """

    permission_classes = []

    @extend_schema(
        parameters=[
            OpenApiParameter("level", str, OpenApiParameter.PATH, enum=list(LEVELS)),
            OpenApiParameter("period", str, enum=list(PERIODS)),
            OpenApiParameter("spread", str, enum=list(SpreadBy), description="what the spreading follows"),
            *ASKED,
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request, level):
        if level not in LEVELS:
            raise Http404(level)
        if not Area.objects.active().at(LEVELS[level]).exists():
            detail = _("L’édition en usage n’a pas de %(level)s : demandez regions ou cercles")
            raise serializers.ValidationError({"level": detail % {"level": level}})
        period = _one_of("period", request.GET.get("period", "12m"), PERIODS)
        spread = request.GET.get("spread") and _one_of("spread", request.GET["spread"], list(SpreadBy))
        asked = asked_of(request)
        shown = choropleth(LEVELS[level], period, asked, spread_by=spread and SpreadBy(spread))
        types = counts_by_type(LEVELS[level], Period(**shown["period"]), asked)
        areas = [area | {"by_type": types.get(area["pcode"], {})} for area in shown["areas"]]
        return Response(shown | {"areas": areas})


def _one_of(name, value, known):
    if value not in known:
        detail = _("%(name)s = %(value)s : inconnu ; connus : %(known)s")
        told = {"name": name, "value": value[:40], "known": ", ".join(known)}
        raise serializers.ValidationError({name: detail % told})
    return value


def checked(serializer_class, request):
    serializer = serializer_class(data=request.GET.dict())
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


class FiguresView(APIView):
    """The criteria of every cercle over a period, and whether the programme chose it."""

    permission_classes = []

    @extend_schema(parameters=[MonthsSerializer, *ASKED], responses=OpenApiTypes.OBJECT)
    def get(self, request):
        months, asked = checked(MonthsSerializer, request), asked_of(request)
        until = choices.last_day(months["until"])
        return Response(
            {
                "criteria": services.CRITERIA,
                "since": months["since"],
                "until": until,
                **provenance(asked),
                "events_period": vars(period_of("all", asked)),
                **services.figures_told(months["since"], until, asked),
            }
        )


class RankingView(APIView):
    """The cercles ranked by a weighted sum of the criteria."""

    permission_classes = []

    @extend_schema(parameters=[WeightsSerializer, *ASKED], responses=OpenApiTypes.OBJECT)
    def get(self, request):
        choice, asked = checked(WeightsSerializer, request), asked_of(request)
        until = choices.last_day(choice["until"])
        return Response(
            {
                "weights": choice["weights"],
                "since": choice["since"],
                "until": until,
                **provenance(asked),
                "cercles": services.ranked(choice["since"], until, choice["weights"], asked),
            }
        )


class ChoiceDownload(APIView):
    """A ranking, and the cercles chosen from it, as a file."""

    permission_classes = []

    @extend_schema(
        parameters=[
            ChoiceSerializer,
            *ASKED,
            OpenApiParameter("extension", str, OpenApiParameter.PATH, enum=["geojson", "csv"]),
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request, extension):
        choice, asked = checked(ChoiceSerializer, request), asked_of(request)
        until = choices.last_day(choice["until"])
        rows = services.ranked(choice["since"], until, choice["weights"], asked)
        chosen = choice.get("cercles")
        if chosen:
            unknown = sorted(set(chosen) - {row["pcode"] for row in rows})
            if unknown:
                raise serializers.ValidationError(
                    {"cercles": _("%(pcode)s n’est pas un cercle de cette édition") % {"pcode": unknown[0]}}
                )
            rows = [row for row in rows if row["pcode"] in chosen]
        body, content_type = choices.WRITERS[extension](rows, choice, provenance(asked))
        response = HttpResponse(body, content_type=content_type)
        response["Content-Disposition"] = (
            f'attachment; filename="maillage_choix_{choice["until"]:%Y-%m}.{extension}"'
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
        choice = serializer.validated_data
        try:
            selection = services.save_selection(
                request.user, **choice | {"until": choices.last_day(choice["until"])}
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
