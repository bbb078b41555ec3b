COPY Language FROM (LOAD FROM $rows RETURN id, name, degree)
