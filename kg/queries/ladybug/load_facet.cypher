COPY Facet FROM (LOAD FROM $rows RETURN id, name, degree)
