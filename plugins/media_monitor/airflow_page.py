"""The page inside Airflow's API server, for those whom Airflow lets see its plugins."""

from airflow.api_fastapi.auth.managers.models.resource_details import AccessView
from airflow.api_fastapi.core_api.security import GetUserDep, requires_access_dag, requires_access_view
from fastapi import Depends, Request

from media_monitor.airflow_context import settings
from media_monitor.notifications import connections
from media_monitor.web.app import create


def _remember(request: Request, user: GetUserDep) -> None:
    request.state.user = user.get_name()


app = create(
    settings,
    readers=[Depends(requires_access_view(AccessView.PLUGINS))],
    # Who may run the DAG may judge what it raised.
    judges=[Depends(requires_access_dag("PUT", param_dag_id="media_monitor")), Depends(_remember)],
    name=lambda request: str(request.state.user),
    connection=connections.urls,
)
