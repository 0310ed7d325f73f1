"""URLs of the board, below those of the admin."""

from django.urls import path

from .views import BoardFileView, BoardView

app_name = "board"

urlpatterns = [
    path("", BoardView.as_view(), name="board"),
    path("tablero.csv", BoardFileView.as_view(), name="file"),
]
