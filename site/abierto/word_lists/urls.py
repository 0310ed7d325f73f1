"""URLs of the word lists, below those of the admin."""

from django.urls import path

from .views import WordListEditView, WordListIndexView

app_name = "word_lists"

urlpatterns = [
    path("", WordListIndexView.as_view(), name="index"),
    path("<slug:word_list>/", WordListEditView.as_view(), name="edit"),
    path("<slug:word_list>/espacio/<int:space_id>/", WordListEditView.as_view(), name="edit_space"),
]
